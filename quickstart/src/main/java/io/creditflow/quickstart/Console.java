package io.creditflow.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The output during the start: one line per step, with the step's name when it begins and its
 * result when it ends.
 */
final class Console {
  private static final int NAME_WIDTH = 18;

  private final PrintStream out;
  private volatile boolean stopping;

  Console(PrintStream out) {
    this.out = out;
  }

  /** The work of a step. It returns the text to print as its result. */
  interface Step {
    String run() throws Exception;
  }

  /** Marks the process as stopping. Later failures of steps are due to the stop. */
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
