extension TextTable {
  /// The table as an element of a page, with the same texts as in lines of characters.
  var element: XMLElement {
    let head = XMLElement(
      "tr", children: columns.map { Self.cell("th", $0, $0.title, scope: "col") })
    let body = rows.map { row in
      XMLElement(
        "tr",
        children: zip(columns, row).enumerated().map { index, pair in
          let text = Self.text(column: pair.0, cell: pair.1)
          return index == 0
            ? Self.cell("th", pair.0, text, scope: "row") : Self.cell("td", pair.0, text)
        })
    }
    return XMLElement(
      "table",
      children: [XMLElement("thead", children: [head]), XMLElement("tbody", children: body)])
  }

  private static func cell(
    _ name: String, _ column: Column, _ text: String, scope: String? = nil
  ) -> XMLElement {
    // Browsers take an element that is empty for one that was not closed.
    var cell = XMLElement(name, text: text.isEmpty ? "\u{A0}" : text)
    if let scope { cell.attributes.append(("scope", scope)) }
    if column.content != .words { cell.attributes.append(("class", "number")) }
    return cell
  }
}
