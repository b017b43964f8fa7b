package dev.outflow.local;

import dev.outflow.embedded.OwnJvm;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Verifies the bytecode of all classes of a jar in a process of its own: other JVMs of the tests do
 * not, and the jar contains classes that were rewritten to move them to other packages.
 */
final class JarVerification {
  private static final List<String> VERIFYING =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationRemote");

  private JarVerification() {}

  /** Returns a line for each class that the JVM rejects, and the number of classes it accepts. */
  static String of(Path jar) throws IOException {
    List<String> classPath = new ArrayList<>(ClusterProcess.classPath());
    classPath.add(jar.toString());
    Process process =
        new OwnJvm(Map.of(), VERIFYING)
            .running(JarVerification.class.getName(), classPath, jar.toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  public static void main(String[] args) throws IOException {
    int accepted = 0;
    try (JarFile jar = new JarFile(args[0])) {
      for (String file : jar.stream().map(ZipEntry::getName).toList()) {
        if (file.endsWith(".class") && !file.startsWith("META-INF/")) {
          accepted += accepts(file.replace(".class", "").replace('/', '.')) ? 1 : 0;
        }
      }
    }
    System.out.println(accepted + " classes");
  }

  private static boolean accepts(String name) {
    try {
      Method[] unused = // Finding them links the class, which verifies it.
          Class.forName(name, false, ClassLoader.getSystemClassLoader()).getDeclaredMethods();
      return true;
    } catch (VerifyError | ClassFormatError e) {
      System.out.println(name + ": " + e);
    } catch (ReflectiveOperationException | LinkageError e) {
      // Uses an optional library that is not there.
    }
    return false;
  }
}
