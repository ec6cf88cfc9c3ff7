package io.minigpt.gpt.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the zip archive that libtorch's {@code torch::jit::load} reads: one TorchScript class, one instance of it.
 *
 * <p>Only configuration travels in the archive. Every {@link #PLACEHOLDER} becomes a tensor of one element, which the
 * script replaces by one of the right shape, so an archive is a few kilobytes whatever the size of the model.
 *
 * <p>The layout is that of PyTorch's serialization (docs/source/notes/serialization.rst): {@code data.pkl} is a
 * protocol 2 pickle of the instance, {@code code/__torch__.py} its class, {@code data/0} the one tensor storage.
 */
public final class TorchArchive {
    /** The value of an attribute that the script fills in itself. */
    public static final Object PLACEHOLDER = new Object();

    /** The value of an attribute that is a list of tensors, empty at first. */
    public static final Object NO_TENSORS = new Object();

    /** The value of an attribute that is a list of anything, which the script must replace before it reads it. */
    public static final Object NO_LIST = new Object();

    private static final String ROOT = "archive/";
    private static final byte[] EMPTY_TUPLE_PICKLE = {(byte) 0x80, 2, ')', '.'};

    private final String className;
    private final String source;
    private final Map<String, Object> attributes;

    /**
     * @param className the class in {@code source}
     * @param source TorchScript in the form in which archives hold it
     * @param attributes every attribute of the class but {@code training}: Integer, Double, Boolean, String,
     *     {@link #PLACEHOLDER}, {@link #NO_TENSORS} or {@link #NO_LIST}
     */
    public TorchArchive(String className, String source, Map<String, ?> attributes) {
        this.className = className;
        this.source = source;
        this.attributes = new LinkedHashMap<>(attributes);
    }

    /** The bytes of the archive. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "data.pkl", instance());
            entry(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            entry(zip, "constants.pkl", EMPTY_TUPLE_PICKLE);
            entry(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
            entry(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            entry(zip, "data/0", new byte[Float.BYTES]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(ROOT + name));
        zip.write(content);
        zip.closeEntry();
    }

    private byte[] instance() {
        Pickle pickle = new Pickle();
        pickle.op(0x80).op(2).global("__torch__", className).op(')').op(0x81); // class, (), NEWOBJ
        pickle.op('}').op('(');
        attributes.forEach((name, value) -> {
            pickle.string(name);
            switch (value) {
                case Integer number -> pickle.integer(number);
                case Double number -> pickle.real(number);
                case Boolean flag -> pickle.bool(flag);
                case String text -> pickle.string(text);
                case Object other when other == PLACEHOLDER -> pickle.oneElementTensor();
                case Object other when other == NO_TENSORS -> pickle.noTensors();
                case Object other when other == NO_LIST -> pickle.op(']');
                default ->
                    throw new IllegalArgumentException(
                            "attribute " + name + " of " + className + " has the unsupported type " + value.getClass());
            }
        });
        pickle.string("training").bool(true);
        pickle.op('u').op('b').op('.'); // SETITEMS, BUILD, STOP
        return pickle.bytes.toByteArray();
    }

    /** The opcodes of Python's pickle, protocol 2, that an archive needs (Lib/pickletools.py names them). */
    private static final class Pickle {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Pickle op(int code) {
            bytes.write(code);
            return this;
        }

        Pickle global(String module, String name) {
            bytes.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Pickle string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            op('X').int32(utf8.length);
            bytes.writeBytes(utf8);
            return this;
        }

        Pickle integer(int value) {
            return op('J').int32(value);
        }

        Pickle real(double value) {
            op('G');
            bytes.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
            return this;
        }

        Pickle bool(boolean value) {
            return op(value ? 0x88 : 0x89);
        }

        /** {@code torch._utils._rebuild_tensor_v2(storage 0, offset 0, size (1,), stride (1,), False, OrderedDict())} */
        Pickle oneElementTensor() {
            global("torch._utils", "_rebuild_tensor_v2").op('(');
            op('(').string("storage")
                    .global("torch", "FloatStorage")
                    .string("0")
                    .string("cpu")
                    .integer(1);
            op('t').op('Q');
            integer(0).op('(').integer(1).op('t').op('(').integer(1).op('t').bool(false);
            return global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
        }

        /** {@code torch.jit._pickle.build_tensorlist([])}, which tells libtorch what the list is of. */
        Pickle noTensors() {
            return global("torch.jit._pickle", "build_tensorlist")
                    .op('(')
                    .op(']')
                    .op('t')
                    .op('R');
        }

        private Pickle int32(int value) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }
    }
}
