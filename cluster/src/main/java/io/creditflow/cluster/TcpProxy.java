package io.creditflow.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy between one instance and one broker. It simulates network failures. Thread-safe. */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int STACK_BYTES = 256 * 1024;
  private static final int CONNECT_MILLIS = 2_000;

  private final int port;
  private final int targetPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private boolean isSilent;

  /**
   * Starts to forward connections.
   *
   * @param port the port that the instance connects to
   * @param targetPort the broker's port
   */
  TcpProxy(int port, int targetPort) {
    this.port = port;
    this.targetPort = targetPort;
    restore();
  }

  /** Simulates a host that is down: connections are reset, and new ones are refused. */
  public synchronized void cut() {
    close(listener);
    listener = null;
    sockets.forEach(TcpProxy::reset);
    notifyAll();
  }

  /** Simulates dropped packets: no connection fails, but no bytes arrive. */
  public synchronized void silence() {
    isSilent = true;
  }

  /** Forwards again. Bytes that {@link #silence} held back arrive now. */
  public synchronized void restore() {
    isSilent = false;
    notifyAll();
    if (listener == null) {
      ServerSocket opened = open(port);
      listener = opened;
      daemon(() -> accept(opened), "proxy-" + port);
    }
  }

  @Override
  public void close() {
    cut();
  }

  private static ServerSocket open(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + port, e);
    }
  }

  private void accept(ServerSocket opened) {
    try {
      while (true) {
        Socket near = opened.accept();
        daemon(() -> connect(near, opened), "proxy-" + port + "-connect");
      }
    } catch (IOException cut) {
      close(opened);
    }
  }

  private void connect(Socket near, ServerSocket opened) {
    Socket far = new Socket();
    try {
      sockets.add(near);
      sockets.add(far);
      awaitNotSilent();
      far.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), CONNECT_MILLIS);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      if (opened.isClosed()) {
        throw new IOException("the proxy was cut");
      }
      daemon(() -> forward(near, far), "proxy-" + port + "-out");
      daemon(() -> forward(far, near), "proxy-" + port + "-back");
    } catch (IOException nobodyThere) {
      drop(near, far);
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        awaitNotSilent();
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException closed) {
      // a connection has ended; both are closed below
    }
    drop(from, to);
  }

  private synchronized void awaitNotSilent() throws IOException {
    try {
      while (isSilent && listener != null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void drop(Socket one, Socket other) {
    sockets.remove(one);
    sockets.remove(other);
    close(one);
    close(other);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // the socket is already closed
    }
    close(socket);
  }

  private static void close(Closeable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // a socket that cannot be closed is not used again
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }
}
