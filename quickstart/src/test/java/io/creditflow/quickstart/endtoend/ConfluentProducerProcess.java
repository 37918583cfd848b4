package io.creditflow.quickstart.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditflow.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Another team's producer: Confluent's own {@code kafka-avro-serializer} with default settings, in
 * a JVM of its own (see {@code schemas/src/genuine}).
 */
final class ConfluentProducerProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("../schemas/src/genuine/Genuine.java");
  private static final Path JAR = Path.of("../schemas/target/genuine/confluent.jar");

  private final Process process;
  private final PrintStream commands;
  private final Path log;

  ConfluentProducerProcess(String bootstrapServers, String registryUrl, Path log) throws Exception {
    assertThat(JAR).as("copied by the build of the schemas module").exists();
    this.log = log;
    this.process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                JAR.toString(),
                PROGRAM.toString(),
                "bootstrap.servers=" + bootstrapServers,
                "schema.registry.url=" + registryUrl)
            .redirectError(log.toFile())
            .start();
    this.commands = new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8);
    for (String topic : Topics.INPUTS) {
      commands.println("schema\t" + topic + "\t" + latestSchema(registryUrl, topic));
    }
  }

  /** Publishes a record in Avro's JSON encoding. */
  void send(String topic, String key, String record) {
    commands.println("send\t" + topic + "\t" + key + "\t" + record);
  }

  void flush() {
    commands.flush();
  }

  /** Waits until all is acknowledged; answers how many were sent. */
  long finish() throws Exception {
    commands.close();
    try (BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String answer = answers.readLine();
      assertThat(answer).as("answer; it logged:\n" + readLog()).startsWith("sent\t");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return Long.parseLong(answer.substring("sent\t".length()));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String readLog() throws IOException {
    return Files.readString(log);
  }

  private static String latestSchema(String registryUrl, String topic) throws Exception {
    URI address = URI.create(registryUrl + "/subjects/" + topic + "-value/versions/latest");
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
            .body();
    return new ObjectMapper().readTree(body).path("schema").asText();
  }
}
