import CLAPACK
import Glibc

/// The library that factors matrices for the learners.
package enum LinearAlgebraLibrary {
  /// The version of LAPACK that is loaded, and of OpenBLAS if that is what it calls.
  package static var version: String {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    LAPACKE_ilaver(&major, &minor, &patch)
    let lapack = "\(major).\(minor).\(patch)"
    // Only OpenBLAS says what it is; any other implementation may stand in for it.
    guard let symbol = dlsym(nil, "openblas_get_config") else { return lapack }
    typealias Configuration = @convention(c) () -> UnsafePointer<CChar>
    let words = String(cString: unsafeBitCast(symbol, to: Configuration.self)())
      .split(separator: " ")
    return "\(lapack), \(words.prefix(2).joined(separator: " "))"
  }
}
