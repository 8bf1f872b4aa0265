import Reporting
import Storage

/// The directories that this program writes to.
enum DirectoryCheckup {
  /// What to know about a directory, found out by writing there.
  ///
  /// - Parameters:
  ///   - title: what it is for, such as `runs`.
  ///   - path: which need not be there yet.
  static func findings(_ title: String, _ path: String) -> [Finding] {
    do throws(StorageError) {
      let found = try DirectoryExamination(of: path, now: BenchOptions.clock)
      return [
        place(title, path, found), space(title, found), speed(title, found), locks(title, found),
      ]
    } catch {
      return [.problem("\(title): writing", "\(error)", "name another directory")]
    }
  }

  private static func place(
    _ title: String, _ path: String, _ found: DirectoryExamination
  ) -> Finding {
    let type = found.fileSystemType ?? "unknown"
    let state = "\(path)\(found.path == path ? "" : ", to be made in \(found.path),") on \(type)"
    let subject = "\(title): directory"
    switch type {
    case "tmpfs", "ramfs":
      return .warning(
        subject, state, "this is memory: nothing in it survives a power cut or a restart")
    case _ where networks.contains { type.hasPrefix($0) }:
      return .warning(
        subject, state,
        "what is saved there, and that one run has one writer, depends on a server; prefer a local disk"
      )
    case "unknown":
      return .warning(subject, state, "mount /proc, or see that the disk is a local one")
    default: return .ok(subject, state)
    }
  }

  /// How the names of file systems begin that lie on other machines or in other programs.
  private static let networks = [
    "nfs", "cifs", "smb", "9p", "fuse", "ceph", "lustre", "gpfs", "afs", "glusterfs", "virtiofs",
    "beegfs", "orangefs",
  ]

  private static func space(_ title: String, _ found: DirectoryExamination) -> Finding {
    let files = found.freeFiles.map { "\($0) more files" } ?? "any number of files"
    let state = "\(ByteCount.text(found.freeBytes)) and \(files)"
    let isScarce = found.freeBytes < 1 << 30 || (found.freeFiles ?? .max) < 1000
    return isScarce
      ? .warning("\(title): space", state, "free some: a run keeps several checkpoints")
      : .ok("\(title): space", state)
  }

  private static func speed(_ title: String, _ found: DirectoryExamination) -> Finding {
    let (file, name) = (found.synchronizeMilliseconds, found.renameMilliseconds)
    let state = "\(file.fixed(1)) ms for a megabyte, \(name.fixed(1)) ms to rename"
    return file + name > 200
      ? .warning("\(title): fsync", state, "save less often, or to a faster disk")
      : .ok("\(title): fsync", state)
  }

  private static func locks(_ title: String, _ found: DirectoryExamination) -> Finding {
    found.locks
      ? .ok("\(title): flock", "works")
      : .warning(
        "\(title): flock", "does not work", "see yourself that one run has one writer")
  }
}
