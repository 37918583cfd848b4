package io.creditflow.cluster;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class and dies with whoever holds the other end of standard input: when that is
 * closed, be it because the parent was killed, the process ends at once.
 */
public final class Tether {
  private Tether() {}

  public static void main(String[] arguments) throws Exception {
    Thread watch = new Thread(Tether::watch, "tether");
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

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        // nobody says anything; only the end matters
      }
    } catch (IOException e) {
      // the end, too
    }
    Runtime.getRuntime().halt(137);
  }
}
