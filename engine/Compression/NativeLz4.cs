using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Testbed.Compression;

/// <summary>The functions of lz4frame.h (liblz4 1.9) that are called, as they are declared there.</summary>
internal static unsafe partial class NativeLz4
{
    public const uint ApiVersion = 100;    // LZ4F_VERSION

    /// <summary>Every function below: what a library must have to count as liblz4.</summary>
    public static readonly ImmutableArray<string> Functions =
    [
        "LZ4F_isError", "LZ4F_compressFrameBound", "LZ4F_compressFrame",
        "LZ4F_createDecompressionContext", "LZ4F_freeDecompressionContext", "LZ4F_decompress",
    ];

    [LibraryImport(NativeLibraries.Lz4, EntryPoint = "LZ4F_isError")]
    public static partial uint IsError(nuint code);

    [LibraryImport(NativeLibraries.Lz4, EntryPoint = "LZ4F_compressFrameBound")]
    public static partial nuint CompressFrameBound(nuint sourceSize, in Lz4Preferences preferences);

    [LibraryImport(NativeLibraries.Lz4, EntryPoint = "LZ4F_compressFrame")]
    public static partial nuint CompressFrame(
        byte* target, nuint targetCapacity, byte* source, nuint sourceSize, in Lz4Preferences preferences);

    [LibraryImport(NativeLibraries.Lz4, EntryPoint = "LZ4F_createDecompressionContext")]
    public static partial nuint CreateDecompressionContext(out nint context, uint version);

    [LibraryImport(NativeLibraries.Lz4, EntryPoint = "LZ4F_freeDecompressionContext")]
    public static partial nuint FreeDecompressionContext(nint context);

    /// <summary>
    /// Takes and gives what it can, and sets both sizes to how much that was. Returns 0 when the frame is
    /// complete, an error, or a hint of how much input is still wanted.
    /// </summary>
    [LibraryImport(NativeLibraries.Lz4, EntryPoint = "LZ4F_decompress")]
    public static partial nuint Decompress(
        nint context, byte* target, ref nuint targetSize, byte* source, ref nuint sourceSize, void* options);
}
