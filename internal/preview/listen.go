package preview

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"syscall"

	"bilanz/internal/diag"
)

// mostPorts is how many ports are tried, from the one that was asked for on.
const mostPorts = 20

// place is where a preview listens.
type place struct {
	listeners []net.Listener
	name      string // of the machine, as it was asked for: "localhost", "127.0.0.1"
	asked     int    // the port
	port      int
	moved     bool // the port that was asked for is taken
}

// listen takes the address, or the same with one of the next ports. It refuses what other
// machines could reach.
func listen(addr string) (*place, error) {
	name, port, err := split(addr)
	if err != nil {
		return nil, err
	}
	p := &place{name: name, asked: port}
	for try := range mostPorts {
		if port+try > 65535 {
			break
		}
		p.port = port + try
		if err = p.take(); err == nil {
			p.moved = try > 0
			return p, nil
		}
		if !isTaken(err) {
			break
		}
	}
	return nil, &Refusal{
		diag.Say("the preview cannot listen at %s: %v",
			"die Vorschau kann unter %s nicht erreichbar sein: %v", addr, err),
		diag.Say("end what listens there, or name another port: --addr localhost:9000",
			"beenden Sie, was dort läuft, oder nennen Sie einen anderen Port: --addr localhost:9000"),
	}
}

// Refusal says why a preview is not at an address, to whoever named it.
type Refusal struct{ Text, Way diag.Text }

func (r *Refusal) Error() string { return r.Text.In("en") }

// split checks an address.
func split(addr string) (name string, port int, err error) {
	name, text, err := net.SplitHostPort(addr)
	if err != nil {
		name, text, err = addr, "8080", nil
	}
	port, wrong := strconv.Atoi(text)
	if wrong != nil || port < 0 || port > 65535 || name == "" {
		return "", 0, &Refusal{
			diag.Say("--addr %s is no address of this machine", "--addr %s ist keine Adresse dieses Rechners", addr),
			diag.Say("write it as in --addr localhost:8080", "schreiben Sie zum Beispiel --addr localhost:8080"),
		}
	}
	if ip, wrong := netip.ParseAddr(name); name != "localhost" && (wrong != nil || !ip.IsLoopback()) {
		return "", 0, &Refusal{
			diag.Say("others could reach the preview at %s, and it writes into your files; "+
				"so it is for this machine alone",
				"unter %s könnten andere die Vorschau erreichen, und sie schreibt in Ihre Dateien; "+
					"deshalb ist sie nur für diesen Rechner", addr),
			diag.Say("write --addr localhost:%[1]d; to show the pages to others, publish them, "+
				"or send the folder that \"bilanz build\" makes",
				"schreiben Sie --addr localhost:%[1]d; um anderen die Seiten zu zeigen, "+
					"veröffentlichen Sie sie, oder schicken Sie den Ordner, den „bilanz build“ schreibt", port),
		}
	}
	return name, port, nil
}

// take listens at the port: for "localhost" on both loopbacks, since a browser may choose
// either, and another program could be what answers on the one that is left out.
func (p *place) take() error {
	ips := []string{p.name}
	if p.name == "localhost" {
		ips = []string{"127.0.0.1", "::1"}
	}
	for i, ip := range ips {
		l, err := net.Listen("tcp", net.JoinHostPort(ip, strconv.Itoa(p.port)))
		if err != nil && i > 0 && !isTaken(err) {
			continue // a machine without this loopback
		}
		if err != nil {
			p.close()
			p.listeners = nil
			return err
		}
		p.port = l.Addr().(*net.TCPAddr).Port
		p.listeners = append(p.listeners, l)
	}
	return nil
}

// isTaken reports whether somebody else listens there.
func isTaken(err error) bool {
	var number syscall.Errno
	return errors.As(err, &number) && (number == syscall.EADDRINUSE || number == takenOnWindows)
}

const takenOnWindows = 10048 // WSAEADDRINUSE

func (p *place) close() {
	for _, l := range p.listeners {
		l.Close()
	}
}

func (p *place) host() string { return net.JoinHostPort(p.name, strconv.Itoa(p.port)) }

func (p *place) address() string { return "http://" + p.host() + "/" }

// hosts are the names by which a browser at this machine asks.
func (p *place) hosts() []string {
	var all []string
	for _, name := range []string{"localhost", "127.0.0.1", "::1", p.name} {
		all = append(all, net.JoinHostPort(name, strconv.Itoa(p.port)))
		if p.port == 80 {
			all = append(all, name, "["+name+"]")
		}
	}
	return all
}

func (p *place) notice() diag.Text {
	return diag.Say("Port %d is taken, so the preview is at %d.", "Port %d ist belegt; die Vorschau ist unter %d.",
		p.asked, p.port)
}
