import CHDF5

/// How the elements of a foreign dataset lie in its file, checked to be all there.
struct ForeignStorage {
  let elementClass: ForeignDataset.ElementClass
  let chunkExtents: [Int]?
  let chunkByteCount: Int?

  /// What may have been done to chunks, by number; gzip, shuffle and checksums are the library's.
  private static let filters: Set<H5Z_filter_t> = [
    H5Z_FILTER_DEFLATE, H5Z_FILTER_SHUFFLE, H5Z_FILTER_FLETCHER32, LZFFilter.number,
  ]
  private static let compressions: Set<H5Z_filter_t> = [H5Z_FILTER_DEFLATE, LZFFilter.number]
  /// How many bytes a packed one holds at the very most: deflate reaches 1032, lzf 88.
  private static let largestRatio = 1100

  /// - Throws: ``HDF5Error`` if it is not wholly in the file, filtered in an unknown way, or of a
  ///   size that the file cannot hold.
  init(of dataset: borrowing Dataset, extents: [Int], fileSize: Int) throws(HDF5Error) {
    let (number, path) = (dataset.number, dataset.path)
    let type = try Identifier(.datatype, "H5Dget_type", path) { H5Dget_type(number) }
    let raw = type.raw
    elementClass =
      switch try Library.call("H5Tget_class", path, { H5Tget_class(raw).rawValue }) {
      case H5T_INTEGER.rawValue: .integer
      case H5T_FLOAT.rawValue: .float
      case H5T_STRING.rawValue: .text
      default: .other
      }
    let elementSize = try Self.size(ofType: raw, path)
    let creation = try Identifier(.propertyList, "H5Dget_create_plist", path) {
      H5Dget_create_plist(number)
    }
    let list = creation.raw
    let isPacked = try Self.checkFilters(list, path)
    let layout = try Library.call("H5Pget_layout", path) { H5Pget_layout(list).rawValue }
    let externalFiles = try Library.call("H5Pget_external_count", path) {
      H5Pget_external_count(list)
    }
    guard externalFiles == 0, layout != H5D_VIRTUAL.rawValue else {
      throw HDF5Error(
        function: "H5Pget_layout", object: path,
        message: "its numbers lie in other files; copy them into this one")
    }
    let stored = try Library.call("H5Dget_storage_size", path) {
      Int(clamping: H5Dget_storage_size(number))
    }
    guard stored <= fileSize else { throw Self.unwritten(path) }
    guard layout == H5D_CHUNKED.rawValue else {
      (chunkExtents, chunkByteCount) = (nil, nil)
      // The size of a text of variable length is not that of what the file holds for it.
      let isText = elementClass == .text
      guard isText || Self.product(extents + [elementSize]) == stored else {
        throw Self.unwritten(path)
      }
      return
    }
    let chunk = try Self.chunkExtents(list, rank: extents.count, path)
    let chunkBytes = try Self.chunkByteCount(chunk, elementSize: elementSize, path)
    (chunkExtents, chunkByteCount) = (chunk, chunkBytes)
    // Before the chunks are counted, which takes time for each.
    let room = stored.multipliedReportingOverflow(by: isPacked ? Self.largestRatio : 1)
    let expected = Self.product(zip(extents, chunk).map { $0 / $1 + ($0 % $1 == 0 ? 0 : 1) })
    guard let expected, let bytes = Self.product([expected, chunkBytes]),
      room.overflow || bytes <= room.partialValue,
      try Self.chunkCount(of: dataset) == hsize_t(expected)
    else { throw Self.unwritten(path) }
  }

  private static func chunkByteCount(
    _ chunk: [Int], elementSize: Int, _ path: String
  ) throws(HDF5Error) -> Int {
    guard let bytes = product(chunk + [elementSize]), bytes <= LZFFilter.largestChunk else {
      throw HDF5Error(
        function: "H5Pget_chunk", object: path,
        message:
          "its chunks are larger than \(LZFFilter.largestChunk >> 20) MiB; rewrite it in smaller ones"
      )
    }
    return bytes
  }

  /// How many chunks were written (`H5Dget_num_chunks`).
  private static func chunkCount(of dataset: borrowing Dataset) throws(HDF5Error) -> hsize_t {
    let (number, path) = (dataset.number, dataset.path)
    let space = try Identifier(.dataspace, "H5Dget_space", path) { H5Dget_space(number) }
    let spaceNumber = space.raw
    var count: hsize_t = 0
    try Library.call("H5Dget_num_chunks", path) {
      H5Dget_num_chunks(number, spaceNumber, &count)
    }
    return count
  }

  /// The bytes of an element (`H5Tget_size`).
  static func size(ofType type: hid_t, _ path: String) throws(HDF5Error) -> Int {
    let size = try Library.call("H5Tget_size", path) { Int(clamping: H5Tget_size(type)) }
    guard 1...1 << 20 ~= size else {
      throw HDF5Error(function: "H5Tget_size", object: path, message: "its elements are too large")
    }
    return size
  }

  /// - Returns: whether chunks are compressed.
  private static func checkFilters(_ list: hid_t, _ path: String) throws(HDF5Error) -> Bool {
    var compressionCount = 0
    let count = try Library.call("H5Pget_nfilters", path) { H5Pget_nfilters(list) }
    for index in 0..<UInt32(count) {
      var (flags, parameterCount, configuration) = (UInt32(0), 0, UInt32(0))
      let filter = try Library.call("H5Pget_filter2", path) {
        H5Pget_filter2(list, index, &flags, &parameterCount, nil, 0, nil, &configuration)
      }
      guard filters.contains(filter) else {
        throw HDF5Error(
          function: "H5Pget_filter2", object: path,
          message: "its chunks went through filter \(filter), which this program does not know; "
            + "write it with lzf, gzip or no compression")
      }
      if compressions.contains(filter) { compressionCount += 1 }
    }
    guard compressionCount < 2 else {
      throw HDF5Error(
        function: "H5Pget_filter2", object: path,
        message: "its chunks were compressed \(compressionCount) times; compress them once")
    }
    return compressionCount == 1
  }

  private static func chunkExtents(
    _ list: hid_t, rank: Int, _ path: String
  ) throws(HDF5Error) -> [Int] {
    var chunk = [hsize_t](repeating: 0, count: rank)
    try Library.call("H5Pget_chunk", path) { H5Pget_chunk(list, Int32(rank), &chunk) }
    guard chunk.allSatisfy({ $0 > 0 }) else {
      throw HDF5Error(function: "H5Pget_chunk", object: path, message: "its chunks are empty")
    }
    return chunk.map { Int(clamping: $0) }
  }

  /// `nil` if it does not fit.
  private static func product(_ factors: [Int]) -> Int? {
    factors.reduce(1) { product, factor in
      guard let result = product?.multipliedReportingOverflow(by: factor), !result.overflow else {
        return nil
      }
      return result.partialValue
    }
  }

  private static func unwritten(_ path: String) -> HDF5Error {
    HDF5Error(
      function: "H5Dget_storage_size", object: path,
      message: "the file does not hold all its numbers, as if it was not written to the end")
  }
}
