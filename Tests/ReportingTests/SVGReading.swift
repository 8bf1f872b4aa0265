import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an independent XML parser finds in a chart.
final class SVGReading: NSObject, XMLParserDelegate {
  struct Malformed: Error {}

  private(set) var titles: [String] = []
  private(set) var texts: [String] = []
  private var attributes: [[String: String]] = []
  private var characters = ""

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Malformed() }
  }

  func elements(ofClass name: String) -> [[String: String]] {
    attributes.filter { ($0["class"] ?? "").split(separator: " ").contains(Substring(name)) }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    attributes.append(attributeDict)
    characters = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { characters += string }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    if elementName == "title" { titles.append(characters) }
    if elementName == "text" { texts.append(characters) }
  }
}
