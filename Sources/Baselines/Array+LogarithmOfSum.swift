import RealModule

extension [Double] {
  /// `log Σ exp(xᵢ)`, without overflow; `-∞` of nothing and of terms that are all `-∞`.
  package var logarithmOfSum: Double {
    let greatest = reduce(-.infinity) { $1 <= $0 ? $0 : $1 }
    guard greatest > -.infinity else { return greatest }
    return greatest + .log(reduce(0) { $0 + .exp($1 - greatest) })
  }
}
