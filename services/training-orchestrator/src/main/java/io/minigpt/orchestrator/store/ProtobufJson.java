package io.minigpt.orchestrator.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.google.protobuf.util.JsonFormat;
import io.minigpt.proto.training.v1.ModelVersion;
import java.io.IOException;

/** Model versions inside stored JSON, in protobuf's own JSON form. */
final class ProtobufJson extends SimpleModule {

    private static final long serialVersionUID = 1;

    ProtobufJson() {
        addSerializer(ModelVersion.class, new Writer());
        addDeserializer(ModelVersion.class, new Reader());
    }

    private static final class Writer extends StdSerializer<ModelVersion> {

        private static final long serialVersionUID = 1;

        Writer() {
            super(ModelVersion.class);
        }

        @Override
        public void serialize(ModelVersion version, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeRawValue(
                    JsonFormat.printer().omittingInsignificantWhitespace().print(version));
        }
    }

    private static final class Reader extends StdDeserializer<ModelVersion> {

        private static final long serialVersionUID = 1;

        Reader() {
            super(ModelVersion.class);
        }

        @Override
        public ModelVersion deserialize(JsonParser json, DeserializationContext context) throws IOException {
            ModelVersion.Builder version = ModelVersion.newBuilder();
            JsonFormat.parser()
                    .ignoringUnknownFields()
                    .merge(json.readValueAsTree().toString(), version);
            return version.build();
        }
    }
}
