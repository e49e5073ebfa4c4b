using System.Collections.Generic;

namespace Testbed.Wire.Generator.Schema;

/// <summary>A schema file, read and checked.</summary>
internal sealed class MessageSchema(MessageHeading heading, StructSchema root, List<StructSchema> structs)
{
    public MessageHeading Heading { get; } = heading;

    /// <summary>The message itself.</summary>
    public StructSchema Root { get; } = root;

    /// <summary>Its structs, in the order in which the file names them.</summary>
    public List<StructSchema> Structs { get; } = structs;
}
