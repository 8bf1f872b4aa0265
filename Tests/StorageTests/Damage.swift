/// What disks, networks and people do to files.
enum Damage: CaseIterable {
  /// The file ends early, at a sector.
  case cut
  /// A page that was never written.
  case zeroedPage
  /// A range of bytes is lost.
  case zeroedRange
  /// Two sectors came back in the wrong order.
  case swappedSectors
  /// A sector is that of another checkpoint of the same run.
  case staleSector
  /// A seal in front of the image of another checkpoint.
  case staleImage
  /// Bytes at the end that do not belong there.
  case appended
  /// Bytes are missing in the middle.
  case shortened
  /// A sector is there twice.
  case repeatedSector

  private static let sector = 512
  private static let page = 4096

  /// - Parameters:
  ///   - bytes: a whole file.
  ///   - stale: another file of the same kind and at least the same size, give or take some bytes.
  /// - Returns: the damaged file; now and then, such as when a page held zeros already, the whole one.
  func applied(
    to bytes: [UInt8], stale: [UInt8], using numbers: inout SplitMix
  ) -> [UInt8] {
    func block(of size: Int) -> Range<Int> {
      let start = Int.random(in: 0..<(bytes.count / size), using: &numbers) * size
      return start..<(start + size)
    }
    var damaged = bytes
    switch self {
    case .cut: return Array(bytes.prefix(block(of: Self.sector).lowerBound))
    case .zeroedPage: for index in block(of: Self.page) { damaged[index] = 0 }
    case .zeroedRange:
      let start = Int.random(in: 0..<bytes.count, using: &numbers)
      let end = Int.random(in: start..<bytes.count, using: &numbers)
      for index in start...end { damaged[index] = 0 }
    case .swappedSectors:
      let (first, second) = (block(of: Self.sector), block(of: Self.sector))
      damaged.replaceSubrange(first, with: bytes[second])
      damaged.replaceSubrange(second, with: bytes[first])
    case .staleSector:
      let range = block(of: Self.sector).clamped(to: 0..<stale.count)
      damaged.replaceSubrange(range, with: stale[range])
    case .staleImage: return Array(bytes.prefix(Self.sector) + stale.dropFirst(Self.sector))
    case .appended: damaged += bytes[block(of: Self.sector)].prefix(Int(numbers.next() % 512) + 1)
    case .shortened: damaged.removeSubrange(block(of: Self.sector))
    case .repeatedSector:
      let range = block(of: Self.sector)
      damaged.insert(contentsOf: bytes[range], at: range.upperBound)
    }
    return damaged
  }
}
