import HDF5

/// A file with all that this module writes: every element type, groups, attributes, shared scales.
func sampleImage() throws -> [UInt8] {
  let file = try File()
  let root = try file.root()
  try root.setAttribute("software", "Manabi ünïcode")
  try root.setAttribute("empty", "")
  try root.setAttribute("long", String(repeating: "x", count: 100_000))
  try root.setAttribute("step", -7)
  try root.setAttribute("seed", UInt64.max)
  var scales = DimensionScales()
  let single = try root.createDataset(
    "single", extents: [2, 3], elements: [1, .infinity, -0.0, Float(bitPattern: 0x7fc0_1234), 5, 6])
  try scales.attach(["example", "feature"], to: single, in: root)
  let group = try root.createGroup("numbers")
  let double = try group.createDataset("double", extents: [3], elements: [0.1, -0.2, 3e300])
  try scales.attach(["feature"], to: double, in: root)
  try scales.declare("word", coordinates: try root.createTexts("word", ["eins", "", "學ぶ"]))
  let named = try root.createDataset("named", extents: [3], elements: [Int64(1), 2, 3])
  try scales.attach(["word"], to: named, in: root)
  try scales.listUses(in: root)
  try group.createDataset("short", extents: [2], elements: [Int32.min, .max]).setAttribute(
    "unit", "m")
  _ = try group.createDataset("long", extents: [2], elements: [Int64.min, .max])
  _ = try group.createDataset("bytes", extents: [3], elements: [UInt8(0), 128, 255])
  _ = try group.createDataset("scalar", extents: [], elements: [Float(4)])
  _ = try group.createDataset("nothing", extents: [0, 4], elements: [Float]())
  return try file.image()
}
