import Foundation

/// Why a file cannot be read or written.
package enum StorageError: Error, Equatable {
  /// Nothing is there.
  case missing(path: String)
  /// The file was sealed by this program, but its bytes are no longer those that were sealed.
  case damaged(path: String, reason: String)
  /// The file is something else than what was asked for.
  case notOurs(path: String, reason: String)
  /// A set of files that belong together is not whole; the path is that of the file concerned.
  case incomplete(path: String, reason: String)
  /// The file has a format that this program does not know yet.
  case unsupportedVersion(path: String, version: Int)
  /// Something is in the place where a new thing should go.
  case exists(path: String)
  /// Another process is at work there; the owner is who, as far as can be told.
  case busy(path: String, owner: String)
  /// The operating system refused a call, such as `fsync`, with an error number.
  case system(call: String, path: String, code: Int32)

  /// The exit code after sysexits.
  package var exitCode: Int32 {
    switch self {
    case .missing: 66
    case .damaged, .notOurs, .incomplete: 65
    case .unsupportedVersion: 76
    case .exists: 73
    case .system: 74
    case .busy: 75
    }
  }
}

extension StorageError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "`\(path)` does not exist; check the path"
    case .damaged(let path, let reason):
      "`\(path)` is damaged: \(reason); use another copy or an earlier checkpoint"
    case .notOurs(let path, let reason): "`\(path)` cannot be used: \(reason)"
    case .incomplete(let path, let reason):
      "`\(path)` \(reason); copy the set again, or make it again with `manabi generate --force`"
    case .unsupportedVersion(let path, let version):
      "`\(path)` has format \(version), this program knows formats up to "
        + "\(SealedFile.formatVersion); use a newer Manabi"
    case .exists(let path):
      "`\(path)` already exists; choose another name, continue a run with --resume, or replace a task set with --force"
    case .busy(let path, let owner):
      "`\(path)` is in use by \(owner); wait for it to end, or choose another --name"
    case .system(let call, let path, let code):
      "`\(path)`: \(call) failed: \(String(cString: strerror(code))); \(Self.remedy(code))"
    }
  }

  private static func remedy(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "free some space and try again"
    case EFBIG: "raise the limit on the size of files (`ulimit -f`)"
    case EMFILE, ENFILE: "raise the limit on open files (`ulimit -n`)"
    case ENAMETOOLONG: "choose a shorter name"
    case ENOTDIR: "a part of the path is a file; choose another one"
    case EROFS: "the disk can only be read; choose another place"
    default: "check the disk and the permissions"
    }
  }
}
