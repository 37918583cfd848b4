package io.creditflow.cluster;

import io.creditflow.quickstart.registry.LocalSchemaRegistry;
import java.nio.file.Path;

/** The main class of the local schema registry. Arguments: file, port. */
public final class RegistryMain {
  private RegistryMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (LocalSchemaRegistry registry =
        LocalSchemaRegistry.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
      System.out.println("Registry at " + registry.url());
      Thread.currentThread().join();
    }
  }
}
