package io.creditflow.pipeline;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Books that the tasks of a thread have yet to open. Opening reads every id that was counted, a
 * second for eight millions or so. Nobody can read a task that is not running yet, and one thread
 * starts all of its tasks in turn; so they open their books once they run. Then all do, before any
 * of them writes: what is written begins a transaction, and one that is open for ten seconds is
 * aborted, and all that the thread holds is restored.
 */
final class Unopened {
  private final ThreadLocal<Map<EngineStore, Runnable>> ofThread =
      ThreadLocal.withInitial(LinkedHashMap::new);

  void add(EngineStore store, Runnable opening) {
    ofThread.get().put(store, opening);
  }

  void remove(EngineStore store) {
    ofThread.get().remove(store);
  }

  void openAll() {
    Iterator<Runnable> openings = ofThread.get().values().iterator();
    while (openings.hasNext()) {
      openings.next().run();
      openings.remove();
    }
  }
}
