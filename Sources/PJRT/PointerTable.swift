#if XLA
  /// Handles in rows of one length, as the interface takes and gives them.
  final class PointerTable {
    private let columns: Int
    private let storage: UnsafeMutableBufferPointer<OpaquePointer?>
    private let rowStarts: UnsafeMutableBufferPointer<UnsafeMutablePointer<OpaquePointer?>?>

    /// Empty cells, to be filled.
    init(rows: Int, columns: Int) {
      self.columns = columns
      storage = .allocate(capacity: rows * columns)
      storage.initialize(repeating: nil)
      rowStarts = .allocate(capacity: rows)
      for row in 0..<rows {
        rowStarts.initializeElement(at: row, to: storage.baseAddress.map { $0 + row * columns })
      }
    }

    convenience init(_ lists: [[OpaquePointer]]) {
      self.init(rows: lists.count, columns: lists.first?.count ?? 0)
      for (index, handle) in lists.joined().enumerated() { storage[index] = handle }
    }

    deinit {
      storage.deallocate()
      rowStarts.deallocate()
    }

    var cells: UnsafeMutablePointer<OpaquePointer?>? { storage.baseAddress }

    var rows: UnsafePointer<UnsafeMutablePointer<OpaquePointer?>?>? {
      UnsafePointer(rowStarts.baseAddress)
    }

    /// The same as ``rows``, for functions that do not change them.
    var constantRows: UnsafePointer<UnsafePointer<OpaquePointer?>?>? {
      rowStarts.baseAddress.map {
        UnsafeRawPointer($0).assumingMemoryBound(to: UnsafePointer<OpaquePointer?>?.self)
      }
    }

    /// The cells that are not empty, by rows.
    var lists: [[OpaquePointer]] {
      rowStarts.indices.map { row in
        storage[row * columns..<(row + 1) * columns].compactMap(\.self)
      }
    }
  }
#endif
