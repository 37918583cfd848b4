package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Key pairs made on the spot, and a store that trusts them; PKCS12, all with one password. */
final class Certificates {
  static final String PASSWORD = "store-" + Long.toHexString(System.nanoTime());

  private final Path directory;

  Certificates(Path directory) throws Exception {
    this.directory = directory;
    Files.createDirectories(directory);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    for (String name : List.of("broker", "creditflow")) {
      makeKey(name);
      KeyStore key = KeyStore.getInstance(key(name).toFile(), PASSWORD.toCharArray());
      trust.setCertificateEntry(name, key.getCertificate("key"));
    }
    try (OutputStream out = Files.newOutputStream(trust())) {
      trust.store(out, PASSWORD.toCharArray());
    }
  }

  /** The key pair whose certificate says {@code CN=name} and 127.0.0.1. */
  Path key(String name) {
    return directory.resolve(name + ".p12");
  }

  /** Trusts both. */
  Path trust() {
    return directory.resolve("trust.p12");
  }

  private void makeKey(String name) throws Exception {
    Path log = directory.resolve("keytool.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of("-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + name));
    command.addAll(List.of("-ext", "SAN=ip:127.0.0.1", "-keystore", key(name).toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(log)).isZero();
  }
}
