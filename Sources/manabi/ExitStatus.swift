import ArgumentParser
import Configuration
import Evaluation
import Foundation
import MetaTraining
import Storage

/// How the program ends, after sysexits.
enum ExitStatus: Int32 {
  case damagedInput = 65
  case missingInput = 66
  case unavailable = 69
  case softwareError = 70
  case stopped = 75
  case badConfiguration = 78
  case nonFiniteState = 79

  /// Prints what went wrong, where, and what to do, and ends the program with the code for it.
  static func end(with error: any Error) -> Never {
    switch error {
    case let error as ConfigurationError: fail("\(error)", .badConfiguration)
    case let error as StorageError: fail("\(error)", error.exitCode)
    case let error as TableError: fail("\(error)", .damagedInput)
    case let error as DatasetError: fail("\(error)", .damagedInput)
    case let error as EvaluationError: fail("\(error)", .damagedInput)
    case let error as CommandError: fail("\(error)", error.exitStatus)
    case let error as TrainingError: fail("\(error)", error.exitStatus)
    // What the argument parser did not make itself has no code of its own.
    case _ where Manabi.exitCode(for: error) == .failure: fail("\(error)", .softwareError)
    default: Manabi.exit(withError: error)
    }
  }

  private static func fail(_ message: String, _ status: ExitStatus) -> Never {
    fail(message, status.rawValue)
  }

  private static func fail(_ message: String, _ code: Int32) -> Never {
    Output.note("manabi: \(message)")
    Foundation.exit(code)
  }
}

extension CommandError {
  var exitStatus: ExitStatus {
    switch self {
    case .noSuchRecipe, .missing: .missingInput
    case .unreadable: .damagedInput
    case .noSuchFamily, .invalid: .badConfiguration
    case .nonFinite: .nonFiniteState
    }
  }
}

extension TrainingError {
  var exitStatus: ExitStatus {
    switch self {
    case .nonFinite: .nonFiniteState
    case .exists, .differs: .badConfiguration
    case .noCheckpoint, .notLogged: .missingInput
    case .foreignParameters, .foreignTaskSet: .damagedInput
    case .unsupported: .unavailable
    }
  }
}
