import Storage
import TaskFamilies

/// The images of clothes of Xiao et al. 2017 as Debian's package `dataset-fashion-mnist` has them.
enum FashionImages {
  private static let folder = "/usr/share/datasets/fashion-mnist"

  /// Which of the two files of images.
  enum File: String {
    /// 60 000 images.
    case training = "train"
    /// 10 000 other ones.
    case test = "t10k"
  }

  /// Episodes of ten classes, with the images as inputs of 784 numbers.
  static func settings(of file: File, exampleCount: Int) -> DatasetSettings {
    DatasetSettings {
      $0.dataset = DatasetSource {
        $0.format = .idx
        $0.images = "\(folder)/\(file.rawValue)-images-idx3-ubyte.gz"
        $0.labels = "\(folder)/\(file.rawValue)-labels-idx1-ubyte.gz"
      }
      $0.classCount = 10
      $0.inputDimension = 784
      $0.exampleCount = exampleCount
    }
  }

  /// - Throws: ``ReproductionError/noDataset(_:package:)`` if the package is not installed.
  static func checkInstalled() throws {
    guard POSIXFileSystem().exists(folder) else {
      throw ReproductionError.noDataset("Fashion-MNIST", package: "dataset-fashion-mnist")
    }
  }
}
