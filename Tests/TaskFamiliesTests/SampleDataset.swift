import Foundation
import Storage
import TaskFamilies

/// Twelve items of four numbers, which name the item, of three classes: six, four and two items.
enum SampleDataset {
  static let labels: [UInt8] = [0, 1, 0, 2, 0, 1, 0, 1, 0, 2, 0, 1]

  /// Calls `body` with the settings of a family whose files are in a directory of their own.
  static func with<Value>(
    _ change: (inout DatasetSettings) -> Void = { _ in },
    _ body: (DatasetSettings) throws -> Value
  ) throws -> Value {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "manabi-dataset-\(UUID().uuidString)").path
    try POSIXFileSystem().createDirectory(directory)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let count = UInt8(labels.count)
    var images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2]
    for item in 0..<count { images += [item, 100 - item, 7 * item, 255 - 3 * item] }
    let header: [UInt8] = [0, 0, 8, 1, 0, 0, 0, count]
    try POSIXFileSystem().replace("\(directory)/images", with: images)
    try POSIXFileSystem().replace("\(directory)/labels", with: header + labels)
    var settings = DatasetSettings {
      $0.dataset = DatasetSource {
        $0.images = "\(directory)/images"
        $0.labels = "\(directory)/labels"
        $0.scaling = .none
      }
    }
    change(&settings)
    return try body(settings)
  }

  /// The numbers of the items of an episode, which their first numbers give away.
  static func items(_ inputs: [Float]) -> [Int] {
    stride(from: 0, to: inputs.count, by: 4).map { Int((inputs[$0] * 255).rounded()) }
  }
}
