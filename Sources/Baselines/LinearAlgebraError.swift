/// A failure that LAPACK reports, such as a matrix that is not positive definite.
package struct LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// The routine of LAPACK.
  package let routine: String
  /// What it returned: positive for a property of the matrix, negative for the argument at fault.
  package let code: Int

  package var description: String {
    "LAPACK's \(routine) returned \(code); check the inputs for numbers that are not finite."
  }
}
