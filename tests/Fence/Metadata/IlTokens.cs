using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Testbed.Tests.Fence;

/// <summary>
/// Walks the instructions of a method body (ECMA-335 III) and picks out the metadata tokens among their
/// operands. An instruction is one byte, or two of which the first is 0xFE, and then an operand whose size
/// the opcode fixes.
/// </summary>
internal static class IlTokens
{
    private const byte TwoBytePrefix = 0xFE;

    private static readonly Dictionary<ushort, OperandType> Operands =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => unchecked((ushort)code.Value), code => code.OperandType);

    public static IReadOnlyList<int> Of(ReadOnlySpan<byte> il)
    {
        var tokens = new List<int>();
        while (!il.IsEmpty)
        {
            var operand = Operands[TakeCode(ref il)];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok or OperandType.InlineSig)
            {
                tokens.Add(BinaryPrimitives.ReadInt32LittleEndian(il));
            }
            il = il[SizeBytes(operand, il)..];
        }
        return tokens;
    }

    private static ushort TakeCode(ref ReadOnlySpan<byte> il)
    {
        var sizeBytes = il[0] == TwoBytePrefix ? 2 : 1;
        var code = sizeBytes == 2 ? BinaryPrimitives.ReadUInt16BigEndian(il) : il[0];
        il = il[sizeBytes..];
        return code;
    }

    private static int SizeBytes(OperandType operand, ReadOnlySpan<byte> rest) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(rest),
        _ => 4,
    };
}
