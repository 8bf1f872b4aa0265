package import Episodes
package import RandomKeys

// Dimension key
//   N  pairs in a context      D  dimension of an input      K  classes      L  labels
//   B  burstiness              M  bursts of a context, N/B

/// What a task of ``BurstyPrototypes`` draws, each from a key of its own.
private enum BurstStream: Int {
  case kind
  case classes
  case labels
  case means
}

extension BurstyPrototypes {
  // Where the parts of the latent begin.
  private var classOffset: Int { 2 }
  private var labelOffset: Int { classOffset + settings.burstCount }
  private var meanOffset: Int { labelOffset + settings.burstCount }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    for i in 0..<latent.count { latent[i] = 0 }
    var chances = InlineArray<2, Float>(repeating: 0)
    var chance = chances.mutableSpan
    key.folded(with: BurstStream.kind.rawValue).fillUniforms(&chance)
    let isNovel = chance[0] < settings.novelShare
    let isBursty = isNovel || chance[1] < settings.burstyShare
    latent[0] = isNovel ? 1 : 0
    latent[1] = isBursty ? 1 : 0
    guard isBursty else {
      for i in classOffset..<meanOffset { latent[i] = -1 }
      return
    }
    drawClasses(key, isNovel: isNovel, into: &latent)
    guard isNovel else { return }
    for burst in 0..<settings.burstCount {
      let start = meanOffset + burst * settings.dimension
      key.folded(with: BurstStream.means.rawValue).folded(with: Int(latent[classOffset + burst]))
        .fillNormals(
          &latent, range: start..<start + settings.dimension,
          standardDeviation: Self.deviation(settings))
    }
  }

  /// Draws the classes of bursts, and their labels.
  private func drawClasses(
    _ key: RandomKey, isNovel: Bool, into latent: inout MutableSpan<Float>
  ) {
    let labelCount = settings.labelCount
    let classCount = isNovel ? settings.novelClassCount : settings.classCount
    let key = (
      classes: key.folded(with: BurstStream.classes.rawValue),
      labels: key.folded(with: BurstStream.labels.rawValue)
    )
    var drawn = InlineArray<1024, Int32>(repeating: 0)
    var draws = drawn.mutableSpan
    if settings.distinctLabels {
      key.labels.fillPermutation(&draws, count: labelCount)
    } else {
      key.classes.fillIntegers(
        &draws, count: settings.burstCount, below: Int(Int32.max))
    }
    for burst in 0..<settings.burstCount {
      let chosen: Int
      if settings.distinctLabels {
        let row = key.classes.folded(with: burst).uniformInteger(below: classCount / labelCount)
        chosen = row * labelCount + Int(draws[burst])
      } else if isNovel {
        chosen = Int(draws[burst]) % classCount
      } else {
        chosen = frequencies.rank(draws[burst])
      }
      latent[classOffset + burst] = Float(chosen)
      latent[labelOffset + burst] = Float(isNovel ? chosen % labelCount : label(of: chosen))
    }
  }

  /// - Complexity: O(N·(D + log K)), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    drawExamples(
      key, latent: episode.latent, inputs: &episode.inputs, targets: &episode.targets)
  }

  /// Nothing: the labels were drawn with the inputs.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {}

  private func drawExamples(
    _ key: RandomKey, latent: [Float], inputs: inout [Float], targets: inout [Float]
  ) {
    let scale = 1 / (1 + settings.spread * settings.spread).squareRoot()
    let latent = latent.span
    var inputs = inputs.mutableSpan
    var targets = targets.mutableSpan
    key.folded(with: .inputs).fillNormals(
      &inputs, standardDeviation: settings.spread * scale * Self.deviation(settings))
    if latent[1] == 0 {
      drawKnownClasses(key.folded(with: .labels), into: &targets)
      for example in 0..<targets.count {
        let known = Int(targets[example])
        targets[example] = Float(label(of: known))
        add(means.span, known, scale, to: &inputs, example)
      }
      return
    }
    drawOrder(key.folded(with: .labels), into: &targets)
    for example in 0..<targets.count {
      let burst = Int(targets[example])
      targets[example] = latent[labelOffset + burst]
      if latent[0] == 1 {
        add(latent.extracting(meanOffset...), burst, scale, to: &inputs, example)
      } else {
        add(means.span, Int(latent[classOffset + burst]), scale, to: &inputs, example)
      }
    }
  }

  /// Writes the burst that each example belongs to, `[N + 1]`: each of the `M` is there `B` times in
  /// random order, and the query is of any of them.
  private func drawOrder(_ key: RandomKey, into examples: inout MutableSpan<Float>) {
    let contextCount = settings.contextCount
    var order = InlineArray<1024, Int32>(repeating: 0)
    var places = order.mutableSpan
    key.folded(with: 0).fillPermutation(&places, count: contextCount)
    for example in 0..<contextCount {
      examples[example] = Float(Int(places[example]) % settings.burstCount)
    }
    examples[contextCount] = Float(key.folded(with: 1).uniformInteger(below: settings.burstCount))
  }

  /// Writes a class of the corpus for each example, `[N + 1]`, all drawn alone.
  private func drawKnownClasses(_ key: RandomKey, into examples: inout MutableSpan<Float>) {
    let contextCount = settings.contextCount
    let asked = frequencies.rank(
      Int32(key.folded(with: 1).uniformInteger(below: Int(Int32.max))))
    examples[contextCount] = Float(asked)
    var others = InlineArray<1024, Int32>(repeating: 0)
    var draws = others.mutableSpan
    key.folded(with: 0).fillIntegers(&draws, count: contextCount, below: Int(Int32.max))
    for example in 0..<contextCount {
      examples[example] = Float(
        settings.unseenQuery
          ? frequencies.rank(draws[example], except: asked) : frequencies.rank(draws[example]))
    }
  }

  /// Adds `scale` times row `index` of `means` to the input of an example.
  @inline(__always)
  private func add(
    _ means: Span<Float>, _ index: Int, _ scale: Float, to inputs: inout MutableSpan<Float>,
    _ example: Int
  ) {
    let width = settings.dimension
    let (row, mean) = (example * width, index * width)
    precondition(row + width <= inputs.count && mean >= 0 && mean + width <= means.count)
    // In bounds by the precondition.
    for i in 0..<width {
      inputs[unchecked: row &+ i] += scale * means[unchecked: mean &+ i]
    }
  }
}
