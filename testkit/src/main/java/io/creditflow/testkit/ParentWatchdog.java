package io.creditflow.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ends this process when its parent ends. The parent holds the other end of this process's standard
 * input, which is closed even if the parent is killed.
 */
public final class ParentWatchdog {
  private static final int KILLED = 137;
  private static final BufferedReader INPUT =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private ParentWatchdog() {}

  /**
   * Runs another main class under the watchdog.
   *
   * @param arguments the main class, then the arguments for it
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
   * Waits for the parent's next line ({@link ChildProcess#tell}), for a program that runs the
   * watchdog itself. Ends the process if the parent has ended.
   */
  public static String awaitLine() {
    try {
      String line = INPUT.readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException e) {
      // the parent has ended
    }
    Runtime.getRuntime().halt(KILLED);
    throw new IllegalStateException("halted");
  }

  /** Blocks this thread until the parent ends. */
  public static void watch() {
    while (true) {
      awaitLine();
    }
  }
}
