package io.creditflow.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** What people see while it starts: one line per step, written as it begins and as it ends. */
final class Console {
  private static final int NAME_WIDTH = 18;

  private final PrintStream out;
  private volatile boolean stopping;

  Console(PrintStream out) {
    this.out = out;
  }

  /** A step's work; its result is what is said when it is done. */
  interface Step {
    String run() throws Exception;
  }

  /** What fails from now on fails because it was asked to stop. */
  void stopping() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  void say(String line) {
    out.println(line);
  }

  void step(String name, Step step) throws Exception {
    out.print("  " + name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())));
    out.flush();
    long begun = System.nanoTime();
    boolean done = false;
    try {
      String result = step.run();
      double seconds = (System.nanoTime() - begun) / 1e9;
      out.println(String.format(Locale.ROOT, "%s (%.1f s)", result, seconds));
      done = true;
    } finally {
      if (!done) {
        out.println(stopping ? "stopped" : "failed");
      }
    }
  }
}
