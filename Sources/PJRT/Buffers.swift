#if XLA
  /// Arrays on devices: on each the same list, such as the arguments of a program.
  package struct Buffers: ~Copyable {
    let client: Client
    private(set) var lists: [[OpaquePointer]]

    /// Empty lists.
    ///
    /// - Parameter deviceCount: how many.
    package init(_ client: Client, deviceCount: Int) {
      self.init(client, lists: Array(repeating: [], count: deviceCount))
    }

    init(_ client: Client, lists: [[OpaquePointer]]) {
      self.client = client
      self.lists = lists
    }

    deinit {
      for buffer in lists.joined() { client.destroy(buffer: buffer) }
    }

    /// How many arrays each device has.
    package var count: Int { lists.first?.count ?? 0 }

    /// Copies an array to a device, at the end of its list.
    ///
    /// - Parameters:
    ///   - numbers: as many as `shape` says, which are not needed afterwards.
    ///   - shape: the extents, outermost first.
    ///   - place: the place of the list among those of all devices.
    ///   - device: whose list it is.
    /// - Throws: ``PJRTError/failed(function:code:message:)``, as where the device is full.
    package mutating func append<Number: DeviceNumber>(
      _ numbers: [Number], shape: [Int], at place: Int, on device: Device
    ) throws(PJRTError) {
      precondition(numbers.count == shape.reduce(1, *), "An array has as many numbers as places.")
      lists[place].append(
        try client.upload(numbers, shape: shape.map(Int64.init), to: device))
    }

    /// Copies an array back.
    ///
    /// - Parameters:
    ///   - index: which of a list.
    ///   - place: whose list.
    ///   - shape: its extents, outermost first.
    /// - Returns: its numbers, the innermost axis fastest, however the device keeps them.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if what was to compute it failed.
    package borrowing func numbers<Number: DeviceNumber>(
      _ index: Int, at place: Int = 0, shape: [Int]
    ) throws(PJRTError) -> [Number] {
      try client.download(lists[place][index], shape: shape)
    }

    /// Takes the first arrays of every list away.
    package mutating func takeFirst(_ count: Int) -> Buffers {
      let taken = lists.map { Array($0.prefix(count)) }
      lists = lists.map { Array($0.dropFirst(count)) }
      return Buffers(client, lists: taken)
    }

    /// Adds the arrays of other lists behind those of these.
    package mutating func append(_ others: consuming Buffers) {
      for place in lists.indices { lists[place] += others.lists[place] }
      others.lists = others.lists.map { _ in [] }
    }

    /// How many arrays of a list still hold numbers: a program that was given an array to keep its
    /// results in has taken it.
    package borrowing func remaining(at place: Int = 0) throws(PJRTError) -> Int {
      var count = 0
      for buffer in lists[place] where try !client.isDeleted(buffer) { count += 1 }
      return count
    }
  }
#endif
