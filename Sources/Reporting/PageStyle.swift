/// The type and colours of pages, around charts.
enum PageStyle {
  /// The style sheet of a page. It holds none of the marks of XML, since browsers take it as it is
  /// and XML parsers would not.
  static let sheet = """

    body { margin: 2rem auto; padding: 0 1rem; max-width: 56rem; font-family: \(ChartStyle.letters); line-height: 1.5; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 0.5rem; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid; }
    h1, h2, p, li, dd, figcaption { overflow-wrap: anywhere; }
    p, figcaption, li { max-width: 46rem; }
    dl { display: flex; flex-wrap: wrap; gap: 0.75rem 2rem; margin: 1rem 0; }
    dt { font-size: 0.8rem; }
    dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
    figure { margin: 1.5rem 0; }
    figcaption { font-size: 0.9rem; }
    .scroll { overflow-x: auto; }
    svg { display: block; max-width: 100%; min-width: 34rem; height: auto; }
    table { border-collapse: collapse; margin: 0.5rem 0; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.25rem 0.9rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid; }
    th { font-weight: 600; }
    tbody th { font-weight: 500; }
    .number { text-align: right; white-space: nowrap; }
    pre { overflow-x: auto; padding: 0.75rem; font-family: \(ChartStyle.equalLetters); font-size: 0.8rem; line-height: 1.4; border: 1px solid; border-radius: 4px; }
    footer { margin-top: 3rem; font-size: 0.8rem; }
    \(rules(ChartStyle.light))
    @media (prefers-color-scheme: dark) {
    \(rules(ChartStyle.dark))
    }
    @media print {
    \(rules(ChartStyle.light))
    body { margin: 0; max-width: none; font-size: 10pt; }
    svg, tr, pre { break-inside: avoid; }
    h2, figcaption { break-after: avoid; }
    figcaption { break-before: avoid; }
    svg { min-width: 0; }
    table { font-size: 8pt; }
    th, td { padding-right: 0.5rem; }
    .scroll, pre { overflow: visible; }
    pre { white-space: pre-wrap; }
    nav { display: none; }
    }

    """

  private static func rules(_ theme: ChartStyle.Theme) -> String {
    """
    html { background: \(theme.paper); color: \(theme.ink); }
    a { color: \(theme.hues[0]); }
    dt, figcaption, footer { color: \(theme.quiet); }
    h2, th, td, pre { border-color: \(theme.grid); }
    """
  }
}
