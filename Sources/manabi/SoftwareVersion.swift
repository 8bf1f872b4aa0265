/// The version of this program, as files and `--version` state it.
enum SoftwareVersion {
  static let text = "0.1.0"
}
