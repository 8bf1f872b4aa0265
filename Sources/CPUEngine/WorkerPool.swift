internal import CLinux
internal import Glibc
internal import Synchronization

/// Persistent threads, pinned to cores, that enter one parallel region at a time.
///
/// The calling thread is worker 0. Waiting workers spin for a while, then park.
/// Sendable because regions are handed over with release and acquire, and never overlap.
final class WorkerPool: @unchecked Sendable {
  let count: Int
  private let generation = Atomic<Int>(0)
  private let running = Atomic<Int>(0)
  private let parked = Atomic<Int>(0)
  private let arrived = Atomic<Int>(0)
  private let phase = Atomic<Int>(0)
  private var region: (@Sendable (Int) -> Void)?
  private var stopping = false
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var threads: [pthread_t] = []

  /// - Parameter count: the number of workers, at least one, the caller among them.
  init(count: Int) {
    self.count = max(1, count)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    for worker in 1..<max(2, self.count) where self.count > 1 { start(worker) }
  }

  /// Ends the threads; call it once, after the last region.
  func stop() {
    stopping = true
    release()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    wake.deallocate()
    mutex.deallocate()
  }

  /// Runs `region` once on each worker, and returns when all are done.
  func run(_ region: @escaping @Sendable (_ worker: Int) -> Void) {
    MatrixLibrary.useOneThread()
    self.region = region
    running.store(count - 1, ordering: .relaxed)
    release()
    region(0)
    spin { running.load(ordering: .acquiring) == 0 }
    self.region = nil
  }

  /// Waits within a region until every worker is here.
  func barrier() {
    let current = phase.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      phase.store(current &+ 1, ordering: .releasing)
    } else {
      spin { phase.load(ordering: .acquiring) != current }
    }
  }

  private func release() {
    generation.add(1, ordering: .sequentiallyConsistent)
    guard parked.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
  }

  private func spin(until done: () -> Bool) {
    var turns = 0
    while !done() {
      turns += 1
      if turns > 4096 { sched_yield() }
    }
  }

  private func start(_ worker: Int) {
    let launch = Launch(pool: self, worker: worker)
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(launch)
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument {
          let launch = Unmanaged<Launch>.fromOpaque(argument).takeRetainedValue()
          launch.pool.serve(launch.worker)
        }
        return nil
      }, argument.toOpaque())
    precondition(status == 0, "The system starts a thread for each worker.")
    threads.append(thread)
  }

  private func serve(_ worker: Int) {
    WorkerPool.pin(worker)
    MatrixLibrary.useOneThread()
    var seen = 0
    while true {
      sleep(after: seen)
      seen += 1
      if stopping { return }
      region?(worker)
      running.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  /// Waits until a later region than number `seen` is announced: spinning, then asleep.
  private func sleep(after seen: Int) {
    for _ in 0..<10_000 where generation.load(ordering: .acquiring) == seen { sched_yield() }
    guard generation.load(ordering: .acquiring) == seen else { return }
    pthread_mutex_lock(mutex)
    parked.add(1, ordering: .sequentiallyConsistent)
    while generation.load(ordering: .sequentiallyConsistent) == seen {
      pthread_cond_wait(wake, mutex)
    }
    parked.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  /// Ties the calling thread to one of the processors that the process may use.
  private static func pin(_ worker: Int) {
    var allowed = cpu_set_t()
    guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &allowed) == 0 else { return }
    let processors = withUnsafeBytes(of: allowed) { bytes in
      bytes.indices.flatMap { byte in
        (0..<8).filter { bytes[byte] >> $0 & 1 == 1 }.map { byte * 8 + $0 }
      }
    }
    guard worker < processors.count else { return }
    var own = cpu_set_t()
    withUnsafeMutableBytes(of: &own) { $0[processors[worker] / 8] = 1 << (processors[worker] % 8) }
    sched_setaffinity(0, MemoryLayout<cpu_set_t>.size, &own)
  }

  private final class Launch {
    let pool: WorkerPool
    let worker: Int
    init(pool: WorkerPool, worker: Int) {
      self.pool = pool
      self.worker = worker
    }
  }
}
