package import ComputeGraph
package import Tensors

// Dimension key
//   B  episodes      T  tokens of an episode      F  width of a token
//   N  predictions   C  width of a prediction

extension SequenceModel {
  /// What a forward pass shows of itself, in its order, each with its shape for one episode.
  package func activations() throws -> [(place: ActivationPlace, shape: Shape)] {
    let trace = ActivationTrace()
    _ = try forward(GraphBuilder(), 1, trace)
    return trace.places.compactMap { place in
      trace.term(at: place).map { (place, $0.shape.removing([0])) }
    }
  }

  /// The program of activations: an output for each of some places.
  ///
  /// - Parameter places: of ``activations()``.
  package func activationProgram(of places: [ActivationPlace]) -> InferenceProgram {
    InferenceProgram { episodes in
      let builder = GraphBuilder()
      let trace = ActivationTrace()
      let forward = try self.forward(builder, episodes, trace)
      return InferenceProgram.Block(
        graph: builder.graph, inputs: [forward.tokens.value],
        outputs: places.map { trace.known($0).value }, parameters: forward.parameters.map(\.value))
    }
  }

  /// The program of predictions, `[B, N, C]`, of which activations are changed on the way: the model
  /// goes on with `scale · a + offset` in place of an activation `a`.
  ///
  /// Behind the model's parameters come, for each of `places`, scale and offset, both of the shape
  /// for one episode. With scales of one and offsets of zero nothing changes.
  ///
  /// - Parameter places: other than weights of attention.
  package func interventionProgram(at places: [ActivationPlace]) -> InferenceProgram {
    InferenceProgram { episodes in
      let builder = GraphBuilder()
      var changes: [ActivationPlace: [Term]] = [:]
      let trace = ActivationTrace { (place, term) throws(ShapeError) in
        guard places.contains(place) else { return term }
        let shape = term.shape.removing([0])
        let scale = try builder.parameter("scale of \(place)", shape)
        let offset = try builder.parameter("offset of \(place)", shape)
        changes[place] = [scale, offset]
        let axes = Array(1..<term.shape.rank)
        return try term * scale.broadcast(to: term.shape, axes: axes)
          + offset.broadcast(to: term.shape, axes: axes)
      }
      let forward = try self.forward(builder, episodes, trace)
      let parameters = forward.parameters + places.flatMap { changes[$0] ?? [] }
      return InferenceProgram.Block(
        graph: builder.graph, inputs: [forward.tokens.value],
        outputs: [forward.predictions.value], parameters: parameters.map(\.value))
    }
  }

  /// The program of influences on an activation `a`: of tokens and directions `v`, of the shape of
  /// `a`, the gradient of `Σ v · a` by the tokens, `[B, T, F]`, by differentiation of the graph.
  ///
  /// With random signs as directions, the mean square of the gradient is the squared Frobenius norm
  /// of the Jacobian matrix.
  ///
  /// - Parameter place: of ``activations()``.
  package func influenceProgram(on place: ActivationPlace) -> InferenceProgram {
    InferenceProgram { episodes in
      let builder = GraphBuilder()
      let trace = ActivationTrace()
      let forward = try self.forward(builder, episodes, trace)
      let activation = trace.known(place)
      let directions = try builder.input("directions", activation.shape)
      let sum = try (activation * directions).sum()
      let gradient = try builder.gradients(of: sum, withRespectTo: [forward.tokens])[0]
      return InferenceProgram.Block(
        graph: builder.graph, inputs: [forward.tokens.value, directions.value],
        outputs: [gradient.value], parameters: forward.parameters.map(\.value))
    }
  }
}

extension ActivationTrace {
  fileprivate func known(_ place: ActivationPlace) -> Term {
    guard let term = term(at: place) else {
      preconditionFailure("A model is asked for activations that it has: \(place).")
    }
    return term
  }
}
