// What the bundle of the static picture leaves out of ECharts and zrender, or does in
// fewer steps: goja interprets, so every step counts, and a still picture has no pointer,
// no states and no old options. No byte of a picture may change by this: the pictures in
// testdata/pictures prove it. A change that no longer fits its file stops the build.
//
// [what to find, exactly once; what to put there]
const util = "zrender/lib/core/util.js";
const states = "echarts/lib/util/states.js";
const core = "echarts/lib/core/echarts.js";
const model = "echarts/lib/model/Model.js";

export const changes = {
  // Styles of hovered, faded and selected marks: three more of each label and each mark.
  [states]: [
    ["SPECIAL_STATES = ['emphasis', 'blur', 'select']", "SPECIAL_STATES = []"],
    ["DISPLAY_STATES = ['normal', 'emphasis', 'blur', 'select']", "DISPLAY_STATES = ['normal']"],
    ["OTHER_STATES = ['emphasis', 'blur', 'select']", "OTHER_STATES = []"],
    ["  isDisabled ? disableHoverEmphasis(el) : enableHoverEmphasis(el, focus, blurScope);", ""],
  ],
  // Events, options of earlier versions, patterns.
  [core]: [
    ["    _this._initEvents();\n", ""],
    ["    bindMouseEvent(zr, _this);\n", ""],
    ["registerPreprocessor(backwardCompat);", ""],
    ["registerVisual(PRIORITY_VISUAL_DECAL, decalVisualStageHandler);", ""],
  ],
  "echarts/lib/model/globalDefault.js": [[/  aria: \{[\s\S]*?\n  \},\n/, ""]],
  // Thinning of large data.
  "echarts/lib/chart/bar/install.js": [["  registers.registerProcessor(registers.PRIORITY.PROCESSOR.STATISTIC, dataSample(SERIES_TYPE_BAR));\n", ""]],
  "echarts/lib/chart/line/install.js": [["  registers.registerProcessor(registers.PRIORITY.PROCESSOR.STATISTIC, dataSample('line'));\n", ""]],
  // The option is nobody else's: it was parsed for this drawing.
  "echarts/lib/model/OptionManager.js": [["    rawOption = clone(rawOption);\n", ""]],
  // Components depend on each other in the same way in every drawing.
  "echarts/lib/util/component.js": [
    ["    var result = makeDepndencyGraph(fullNameList);\n", "    var result = dependencyGraph(fullNameList);\n"],
    ["  function makeDepndencyGraph(fullNameList) {", `  var known, knownFor = '';
  function dependencyGraph(fullNameList) {
    var names = fullNameList.join();
    if (names !== knownFor) {
      known = makeDepndencyGraph(fullNameList);
      knownFor = names;
    }
    var graph = {}; // the counts are counted down
    for (var name in known.graph) {
      var item = known.graph[name];
      graph[name] = { originalDeps: item.originalDeps, successor: item.successor, entryCount: item.entryCount };
    }
    return { graph: graph, noEntryList: known.noEntryList.slice() };
  }
  function makeDepndencyGraph(fullNameList) {`],
  ],
  // Loops in place of a call for each parent; paths are split once.
  [model]: [
    [/    var option = this\.option;\n    var val = option == null[\s\S]*?    return val;\n/, `    var val;
    for (var model = this; model; model = ignoreParent ? null : model.parentModel) {
      var option = model.option;
      if (option != null && (val = option[key]) != null) break;
      if (option == null) val = option;
    }
    return val;
`],
    [/    var obj = this\.option;\n    if \(!pathArr\)[\s\S]*?    return obj;\n  \};/, `    if (!pathArr) return this.option;
    var obj, model = this, len = pathArr.length;
    for (;;) {
      obj = model.option;
      for (var i = 0; i < len; i++) {
        if (!pathArr[i]) continue;
        obj = obj && typeof obj === 'object' ? obj[pathArr[i]] : null;
        if (obj == null) break;
      }
      if (obj != null || !parentModel) return obj;
      model = parentModel;
      parentModel = model.parentModel;
    }
  };`],
    ["      return path.split('.');", "      return splitPaths[path] || (splitPaths[path] = path.split('.'));"],
    ["var Model = /** @class */", "var splitPaths = Object.create(null);\nvar Model = /** @class */"],
  ],
  // A callback from a native function costs goja several times a call; what JSON can
  // hold is cloned and merged without asking what else it might be.
  [util]: [
    ["        arr.forEach(cb, context);", `        if (context === undefined) for (var i = 0, len = arr.length; i < len; i++) cb(arr[i], i, arr);
        else for (var i = 0, len = arr.length; i < len; i++) cb.call(context, arr[i], i, arr);`],
    ["        return arr.map(cb, context);", `        var result = [];
        if (context === undefined) for (var i = 0, len = arr.length; i < len; i++) result[i] = cb(arr[i], i, arr);
        else for (var i = 0, len = arr.length; i < len; i++) result[i] = cb.call(context, arr[i], i, arr);
        return result;`],
    ["        var thisMap = this;", "        if (!obj) return;\n        var thisMap = this;"],
    [/    var result = source;\n    var typeStr = objToString\.call\(source\);\n/, `    var result = source, proto = Object.getPrototypeOf(source), value;
    if (proto === Object.prototype && !source[primitiveKey]) {
        result = {};
        for (var key in source) {
            value = source[key];
            result[key] = value !== null && typeof value === 'object' ? clone(value) : value;
        }
        return result;
    }
    var typeStr = objToString.call(source);
`],
    [/            if \(isObject\(sourceProp\)\n[\s\S]*?&& !isPrimitive\(targetProp\)\) \{/, `            if (sourceProp !== null && typeof sourceProp === 'object' && targetProp !== null && typeof targetProp === 'object'
                && Object.getPrototypeOf(sourceProp) === Object.prototype && Object.getPrototypeOf(targetProp) === Object.prototype
                && !sourceProp[primitiveKey] && !targetProp[primitiveKey]) {`],
  ],
};
