import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an independent XML parser finds in a chart or a page.
final class SVGReading: NSObject, XMLParserDelegate {
  struct Malformed: Error {}

  var titles: [String] { texts(of: "title") }
  var texts: [String] { texts(of: "text") }
  private var contents: [(name: String, text: String)] = []
  /// Elements by name, in the order in which they begin.
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private var characters = ""

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Malformed() }
  }

  func elements(ofClass name: String) -> [[String: String]] {
    elements.map(\.attributes)
      .filter { ($0["class"] ?? "").split(separator: " ").contains(Substring(name)) }
  }

  /// The texts of the elements of that name.
  func texts(of name: String) -> [String] { contents.filter { $0.name == name }.map(\.text) }

  /// All values of an attribute.
  func values(of attribute: String) -> [String] {
    elements.compactMap { $0.attributes[attribute] }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    elements.append((elementName, attributeDict))
    characters = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { characters += string }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    contents.append((elementName, characters))
  }
}
