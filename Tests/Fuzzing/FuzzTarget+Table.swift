import Storage

extension FuzzTarget {
  /// Comma-separated values, as context and as query.
  static let table = FuzzTarget(
    name: "table",
    words: [",", "\"", "\"\"", "\r\n", "\u{FEFF}", "1e39", "-0", "nan", "0x1p3", "label", "é"],
    seeds: {
      [
        "a,b,label\n1,2,x\n3,4,y\n", "label,\"a \"\"b\"\"\"\r\n x , -1.5e3\r\ny,0\r\n",
        "\u{FEFF}a,label\r1,\"x\ny\"\r", "é,label\n.5,1\n\n",
      ].map { Array($0.utf8) }
    },
    run: { bytes in
      do {
        let reader = try TableReader(bytes, source: "table.csv")
        // A name that is often there, and one that the input chooses.
        let first = String(decoding: bytes.prefix { !",\r\n".utf8.contains($0) }, as: UTF8.self)
        for target in ["label", first] {
          guard
            let context = try read({ () throws(TableError) in
              try reader.context(target: target)
            })
          else { continue }
          let features = context.features
          expect(features.values.allSatisfy(\.isFinite), "A table holds finite numbers.")
          let query = try reader.query(for: context)
          expect(query.features == features, "A table is a query for itself.")
          expect(query.labels == context.labels, "A table is a query for itself.")
        }
        if let known = try read({ () throws(TableError) in
          try TableReader(Array("a,b,label\n1,2,3\n".utf8), source: "context").context(
            target: "label")
        }) {
          _ = try read { () throws(TableError) in try reader.query(for: known) }
        }
      } catch let error as TableError {
        _ = error.description
      } catch {
        fatalError("\(error)")
      }
    })

  /// The value, or nil and a described error if the input has none.
  private static func read<Value>(_ body: () throws(TableError) -> Value) throws -> Value? {
    do {
      return try body()
    } catch {
      _ = error.description
      return nil
    }
  }
}
