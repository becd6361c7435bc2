package chart

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	thirdparty "bilanz/static/third-party"

	"bilanz/internal/typeset"
)

// One drawing takes about ten milliseconds; one that takes this long never ends, even on a
// machine that has much else to do: ten seconds were once too few.
const drawingLimit = time.Minute

// program is ECharts, compiled once and shared by all engines.
var program = sync.OnceValues(func() (*goja.Program, error) {
	return goja.Compile("echarts-draw.js", string(thirdparty.Draw), false)
})

// An engine is one JavaScript machine with ECharts in it. It draws one chart at a time.
type engine struct {
	vm      *goja.Runtime
	draw    goja.Callable
	measure goja.Value
}

func newEngine() (*engine, error) {
	compiled, err := program()
	if err != nil {
		return nil, fmt.Errorf("the chart engine does not compile: %w", err)
	}
	vm := goja.New()
	vm.SetMaxCallStackSize(2000)
	// ECharts asks for a timer when it loads and never needs one to draw.
	if err := vm.Set("setTimeout", func() int { return 0 }); err != nil {
		return nil, err
	}
	// Nothing random and no clock reaches a picture.
	vm.SetRandSource(func() float64 { return 0.5 })
	vm.SetTimeSource(func() time.Time { return time.Unix(0, 0).UTC() })
	if _, err := vm.RunProgram(compiled); err != nil {
		return nil, fmt.Errorf("the chart engine does not start: %w", err)
	}
	draw, ok := goja.AssertFunction(vm.Get("bilanzDraw"))
	if !ok {
		return nil, fmt.Errorf("the chart engine has no bilanzDraw")
	}
	return &engine{vm: vm, draw: draw, measure: vm.ToValue(measure)}, nil
}

// svg returns ECharts' raw SVG of the drawing.
func (e *engine) svg(ctx context.Context, d drawing) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, drawingLimit)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { e.vm.Interrupt(ctx.Err()) })
	raw, err := e.draw(goja.Undefined(), e.measure, e.vm.ToValue(string(d.option)), e.vm.ToValue(d.width), e.vm.ToValue(d.height))
	if !stop() && err == nil {
		err = ctx.Err() // the interrupt may still be on its way, and would meet the next drawing
	}
	if err != nil {
		return "", err
	}
	return raw.String(), nil
}

// measure is what ECharts asks for the width of a text in a CSS font.
func measure(text, font string) float64 {
	size, weight := parseFont(font)
	return typeset.Face{Size: size}.Width(text, weight)
}

// parseFont reads size and weight of a CSS font, "normal 600 14px inherit".
func parseFont(font string) (size float64, weight int) {
	size, weight = 12, typeset.Regular // ECharts' own defaults
	for _, word := range strings.Fields(font) {
		if px, found := strings.CutSuffix(word, "px"); found {
			size, _ = strconv.ParseFloat(px, 64)
		} else if n, err := strconv.Atoi(word); err == nil {
			weight = n
		}
	}
	return size, weight
}
