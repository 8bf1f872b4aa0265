import Storage

/// An IDX file of bytes, `type` 8 for unsigned ones.
func idxFile(_ extents: [Int], _ elements: [UInt8], type: UInt8 = 8) -> [UInt8] {
  [0, 0, type, UInt8(extents.count)] + extents.flatMap { bigEndian(UInt32($0)) } + elements
}

func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

/// Three images of 1 × 2 numbers in the file `images`, and labels in the file `labels`.
let sampleImages = idxFile([3, 1, 2], [0, 51, 102, 153, 204, 255])
let sampleLabels = idxFile([3], [7, 4, 7])

/// The source of the files `images` and `labels` in a directory.
func idxSource(
  in directory: String, _ change: (inout DatasetSource) -> Void = { _ in }
) -> DatasetSource {
  var source = DatasetSource {
    $0.format = .idx
    $0.images = "\(directory)/images"
    $0.labels = "\(directory)/labels"
    $0.scaling = .none
  }
  change(&source)
  return source
}

/// Reads the items of two IDX files.
func readItems(
  _ images: [UInt8], _ labels: [UInt8], _ change: (inout DatasetSource) -> Void = { _ in }
) throws -> LabeledItems {
  try withTemporaryDirectory { directory in
    try POSIXFileSystem().replace("\(directory)/images", with: images)
    try POSIXFileSystem().replace("\(directory)/labels", with: labels)
    return try LabeledItems(idxSource(in: directory, change))
  }
}
