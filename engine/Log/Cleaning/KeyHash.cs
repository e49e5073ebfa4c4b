using System;
using System.Security.Cryptography;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Hashes of record keys, which stand for the keys in an <see cref="OffsetMap"/>: SHA-256 of a secret salt
/// and the key, cut to 128 bits.
/// </summary>
/// <remarks>
/// Two keys with one hash would be one key to compaction, and the older one's value lost. Keys come from
/// clients, so the hash has to withstand those who look for such a pair; not knowing the salt, which is drawn
/// for each cleaning, they cannot even begin, nor can they crowd one place of the map. The salt changes
/// nothing else: what is kept does not depend on it.
/// </remarks>
public sealed class KeyHash(IBuffers buffers, Prng random)
{
    public const int SizeBytes = 16;
    private const int SaltBytes = 16;

    private readonly byte[] _salt = SaltFrom(random);
    private readonly ByteBuffer _salted = new(buffers);    // salt and key, one behind the other

    /// <summary>Writes the key's hash to the first <see cref="SizeBytes"/> bytes.</summary>
    public void Of(ReadOnlySpan<byte> key, Span<byte> hash)
    {
        _salted.Clear();
        _salted.Append(_salt);
        _salted.Append(key);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_salted.Written, whole);
        whole[..SizeBytes].CopyTo(hash);
    }

    /// <summary>Gives the memory back. The hash can be used again.</summary>
    public void Release() => _salted.Release();

    private static byte[] SaltFrom(Prng random)
    {
        var salt = new byte[SaltBytes];
        random.Fill(salt);
        return salt;
    }
}
