import Dispatch
import Synchronization

/// The results of `body` for `0 ..< count`, in order; the calls run concurrently on all cores.
///
/// What is returned does not depend on how many threads there are.
///
/// - Throws: what `body` throws, of several errors that with the smallest index.
package func concurrentMap<Element: Sendable, Failure: Error>(
  count: Int, _ body: @Sendable (_ index: Int) throws(Failure) -> Element
) throws(Failure) -> [Element] {
  let results = Mutex([Result<Element, Failure>?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { index in
    let result = Result { () throws(Failure) in try body(index) }
    results.withLock { $0[index] = result }
  }
  var elements: [Element] = []
  elements.reserveCapacity(count)
  for result in results.withLock({ $0 }) {
    if let result { elements.append(try result.get()) }
  }
  return elements
}
