using System.Collections.Generic;

namespace Testbed.Tests.Fence;

/// <summary>
/// A fenced assembly: what of the framework it may use, and its list of banned symbols. A namespace that is
/// not named here is closed, so that each new one is somebody's decision.
/// </summary>
internal sealed record EngineRoom(
    string Assembly,
    string BannedList,
    IReadOnlyCollection<string> Namespaces,
    IReadOnlyCollection<string> Types)
{
    private const string EngineList = "engine/BannedSymbols.txt";

    /// <summary>Values, collections, text and numbers: nothing that knows the machine.</summary>
    private static readonly string[] Values =
    [
        "System", "System.Buffers", "System.Buffers.Binary", "System.Buffers.Text", "System.Collections",
        "System.Collections.Generic", "System.Collections.Immutable", "System.Collections.ObjectModel",
        "System.Globalization", "System.Linq", "System.Numerics", "System.Runtime.CompilerServices",
        "System.Runtime.ExceptionServices", "System.Runtime.InteropServices", "System.Text",
    ];

    /// <summary>
    /// Pure functions of their input; keys, salts and nonces are handed in (RFC 5802, RFC 2104).
    /// </summary>
    private static readonly string[] Hashing =
    [
        "System.Security.Cryptography.SHA256", "System.Security.Cryptography.SHA512",
        "System.Security.Cryptography.HMACSHA256", "System.Security.Cryptography.HMACSHA512",
        "System.Security.Cryptography.Rfc2898DeriveBytes", "System.Security.Cryptography.HashAlgorithmName",
        "System.Security.Cryptography.CryptographicOperations",
    ];

    /// <summary>Keys of records that compaction compares, as hashes that nobody can make collide.</summary>
    private static readonly string[] KeyHashing = ["System.Security.Cryptography.SHA256"];

    /// <summary>Streams over memory, and the codecs: gzip of the framework, snappy of IronSnappy.</summary>
    private static readonly string[] Codecs =
    [
        "System.IO.Stream", "System.IO.MemoryStream", "System.IO.SeekOrigin",
        "System.IO.InvalidDataException",
        "System.IO.Compression.GZipStream", "System.IO.Compression.CompressionMode",
        "System.IO.Compression.CompressionLevel", "System.IO.Compression.ZLibCompressionOptions",
        "IronSnappy.Snappy",

        // What NativeLibrary's resolver of imports is handed.
        "System.Reflection.Assembly",
    ];

    /// <summary>The plan of a run is a JSON file that people edit.</summary>
    private static readonly string[] Json =
        [.. Values, "System.Text.Json", "System.Text.Json.Nodes", "System.Text.Json.Serialization"];

    public static IReadOnlyList<EngineRoom> All { get; } =
    [
        new("Testbed.Foundation", EngineList, Values, []),
        new("Testbed.Compression", "engine/Compression/BannedSymbols.txt", Values, Codecs),
        new("Testbed.Wire", EngineList, Values, []),
        new("Testbed.Log", EngineList, Values, KeyHashing),
        new("Testbed.Node", EngineList, Values, Hashing),
        new("Testbed.Client", EngineList, Values, Hashing),
        new("Testbed.Models", EngineList, Values, []),
        new("Testbed.Sim", EngineList, Json, []),
    ];

    /// <summary>
    /// The room without any exception: planted offenders are judged as if they stood in it.
    /// </summary>
    public static EngineRoom Strictest => All[0];
}
