package io.creditflow.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ends a process with its parent, which holds the other end of its standard input: when that is
 * closed, be it because the parent was killed, the process ends at once.
 */
public final class ParentWatchdog {
  private static final int KILLED = 137;
  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private ParentWatchdog() {}

  /**
   * Runs another main class under the watchdog.
   *
   * @param arguments the main class, and its own
   */
  public static void main(String[] arguments) throws Exception {
    Thread watch = new Thread(ParentWatchdog::watch, "parent-watchdog");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      System.exit(1);
    }
  }

  /**
   * The parent's next line ({@link ChildProcess#tell}), for a program that watches by itself; ends
   * the process if there is no parent any more.
   */
  public static String awaitLine() {
    try {
      String line = INPUT.readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException e) {
      // the end, too
    }
    Runtime.getRuntime().halt(KILLED);
    throw new IllegalStateException("halted");
  }

  /** For a program that has nothing else to do on this thread. */
  public static void watch() {
    while (true) {
      awaitLine();
    }
  }
}
