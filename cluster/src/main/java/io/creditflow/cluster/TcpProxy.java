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

/** The network between one instance and one broker: it carries bytes both ways, and can be cut. */
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
   * An open one.
   *
   * @param port where the instance connects
   * @param targetPort where the broker listens
   */
  TcpProxy(int port, int targetPort) {
    this.port = port;
    this.targetPort = targetPort;
    restore();
  }

  /** As when a host is gone: connections are reset, new ones refused. */
  public synchronized void cut() {
    close(listener);
    listener = null;
    sockets.forEach(TcpProxy::reset);
    notifyAll();
  }

  /** As when packets are dropped: no error is raised, nothing arrives. */
  public synchronized void silence() {
    isSilent = true;
  }

  /** Carries again; what was held up by silence arrives after all. */
  public synchronized void restore() {
    isSilent = false;
    notifyAll();
    if (listener == null) {
      ServerSocket opened = open(port);
      listener = opened;
      daemon(() -> accept(opened), "link-" + port);
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
        daemon(() -> join(near, opened), "link-" + port + "-joins");
      }
    } catch (IOException cut) {
      close(opened);
    }
  }

  private void join(Socket near, ServerSocket opened) {
    Socket far = new Socket();
    try {
      sockets.add(near);
      sockets.add(far);
      awaitSpeech();
      far.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), CONNECT_MILLIS);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      if (opened.isClosed()) {
        throw new IOException("cut meanwhile");
      }
      daemon(() -> carry(near, far), "link-" + port + "-out");
      daemon(() -> carry(far, near), "link-" + port + "-back");
    } catch (IOException nobodyThere) {
      drop(near, far);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        awaitSpeech();
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException over) {
      // nothing to be said to either side
    }
    drop(from, to);
  }

  private synchronized void awaitSpeech() throws IOException {
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
      // so much the better
    }
    close(socket);
  }

  private static void close(Closeable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // it is of no use any more in any case
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }
}
