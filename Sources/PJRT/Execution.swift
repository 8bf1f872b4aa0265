#if XLA
  /// A program that runs on its devices.
  ///
  /// Its arguments are kept until it has ended, and given up then.
  package struct Execution: ~Copyable {
    private let completion: Completion
    private let results: Buffers

    init(_ completion: consuming Completion, results: consuming Buffers) {
      self.completion = completion
      self.results = results
    }

    /// Waits until every device has ended.
    ///
    /// - Returns: the program's results.
    /// - Throws: ``PJRTError/failed(function:code:message:)`` if one failed, as where it is full.
    package consuming func finish() throws(PJRTError) -> Buffers {
      try completion.wait()
      return results
    }

    /// Waits as well, and says how many of the arguments of a device still hold numbers: those that
    /// the program has not taken for its results.
    package borrowing func remainingArguments() throws(PJRTError) -> Int {
      try completion.wait()
      return try completion.remaining()
    }
  }
#endif
