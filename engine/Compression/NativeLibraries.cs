using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Testbed.Compression;

/// <summary>
/// Finds the system's lz4 and zstd under the names they go by, once, when a codec is first used. A library
/// that is not there, or lacks a function that is called, counts as not installed; nothing of it is ever
/// called.
/// </summary>
internal static class NativeLibraries
{
    public const string Lz4 = "lz4";
    public const string Zstd = "zstd";

    private static readonly ImmutableArray<string> Lz4Names =
        ["liblz4.so.1", "liblz4.so", "liblz4.1.dylib", "liblz4.dylib", "liblz4.dll", "lz4.dll"];

    private static readonly ImmutableArray<string> ZstdNames =
        ["libzstd.so.1", "libzstd.so", "libzstd.1.dylib", "libzstd.dylib", "libzstd.dll", "zstd.dll"];

    private static readonly nint Lz4Handle = Load(Lz4Names, NativeLz4.Functions);
    private static readonly nint ZstdHandle = Load(ZstdNames, NativeZstd.Functions);

    static NativeLibraries() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);

    public static bool HasLz4 => Lz4Handle != 0;

    public static bool HasZstd => ZstdHandle != 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name switch
    {
        Lz4 => Lz4Handle,
        Zstd => ZstdHandle,
        _ => 0,
    };

    private static nint Load(ImmutableArray<string> names, ImmutableArray<string> functions)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeLibraries).Assembly, null, out var handle)
                && HasAll(handle, functions))
            {
                return handle;
            }
        }
        return 0;
    }

    private static bool HasAll(nint handle, ImmutableArray<string> functions)
    {
        foreach (var function in functions)
        {
            if (!NativeLibrary.TryGetExport(handle, function, out _))
            {
                return false;
            }
        }
        return true;
    }
}
