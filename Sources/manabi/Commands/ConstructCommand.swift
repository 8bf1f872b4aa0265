import ArgumentParser

struct ConstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "construct",
    abstract: "Writes models whose weights are known algorithms, or made of trained ones.",
    discussion: """
      All are models of linear self-attention, as checkpoints that every command takes.

        manabi construct descent --dimension 10 --context 10 --learning-rate 6.06 --output descent.h5
        manabi construct interpolation checkpoints/reproduce/T1/one-layer --learning-rate 6.06 --output half.h5
        manabi construct roll-out checkpoints/reproduce/T2/two-layers --count 50 --damping 0.75 --output long.h5
        manabi identify half.h5
      """,
    subcommands: [
      ConstructDescentCommand.self, ConstructInterpolationCommand.self,
      ConstructRollOutCommand.self,
    ])
}
