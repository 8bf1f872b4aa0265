package import ComputeGraph

/// What a forward pass computes on the way, noted as its graph is built.
///
/// A model hands each of its activations to the trace and goes on with what it gets back. Unless
/// somebody wants to change activations that is the same term, and the trace adds nothing to the
/// graph: so training, inference and all that looks inside share one forward pass.
package final class ActivationTrace {
  /// In the order of the forward pass.
  package private(set) var places: [ActivationPlace] = []
  private var terms: [ActivationPlace: Term] = [:]
  private let change: (ActivationPlace, Term) throws(ShapeError) -> Term

  /// - Parameter change: what a model goes on with in place of an activation, of the same shape.
  package init(
    change: @escaping (ActivationPlace, Term) throws(ShapeError) -> Term = { _, term in term }
  ) {
    self.change = change
  }

  /// The term that the model computed at a place, if it has that.
  package func term(at place: ActivationPlace) -> Term? { terms[place] }

  /// Takes note of an activation.
  package func note(_ term: Term, at place: ActivationPlace) {
    places.append(place)
    terms[place] = term
  }

  /// Takes note of an activation, and returns what to go on with.
  package func passing(_ term: Term, at place: ActivationPlace) throws(ShapeError) -> Term {
    note(term, at: place)
    return try change(place, term)
  }
}
