import {
  CreateSIPDispatchRuleRequest,
  CreateSIPInboundTrunkRequest,
  CreateSIPOutboundTrunkRequest,
  DeleteSIPDispatchRuleRequest,
  DeleteSIPTrunkRequest,
  ListSIPDispatchRuleResponse,
  ListSIPInboundTrunkResponse,
  ListSIPOutboundTrunkResponse,
  SIPDispatchRuleInfo,
  SIPInboundTrunkInfo,
  SIPOutboundTrunkInfo,
  SIPTrunkInfo,
  UpdateSIPDispatchRuleRequest,
  UpdateSIPInboundTrunkRequest,
} from '@livekit/protocol'
import type { ClaimGrants } from 'livekit-server-sdk'
import type { FakeSip } from './fake-sip.ts'
import { readRequest, toJson } from './room-methods.ts'
import { TwirpFault } from './twirp-fault.ts'
import type { TwirpMethod } from './twirp-server.ts'

/** The SIP service's trunks and rules; calls are made by the test, not here. */
export function sipMethods(sip: FakeSip): Readonly<Record<string, TwirpMethod>> {
  const asAdmin =
    (run: (body: unknown) => { toJson(): unknown }): TwirpMethod =>
    (body, grants: ClaimGrants) => {
      if (!grants.sip?.admin) throw new TwirpFault('unauthenticated', 'permissions denied')
      return toJson(run(body))
    }
  return {
    'SIP/CreateSIPInboundTrunk': asAdmin((body) => {
      const { trunk } = readRequest(CreateSIPInboundTrunkRequest, body)
      return sip.addInbound(trunk ?? new SIPInboundTrunkInfo())
    }),
    'SIP/CreateSIPOutboundTrunk': asAdmin((body) => {
      const { trunk } = readRequest(CreateSIPOutboundTrunkRequest, body)
      return sip.addOutbound(trunk ?? new SIPOutboundTrunkInfo())
    }),
    'SIP/UpdateSIPInboundTrunk': asAdmin((body) => {
      const { sipTrunkId, action } = readRequest(UpdateSIPInboundTrunkRequest, body)
      if (action.case !== 'replace') throw onlyReplace()
      const value = new SIPInboundTrunkInfo({ ...action.value, sipTrunkId })
      return sip.replace(sip.inbound, { id: sipTrunkId, value })
    }),
    'SIP/ListSIPInboundTrunk': asAdmin(
      () => new ListSIPInboundTrunkResponse({ items: [...sip.inbound.values()] }),
    ),
    'SIP/ListSIPOutboundTrunk': asAdmin(
      () => new ListSIPOutboundTrunkResponse({ items: [...sip.outbound.values()] }),
    ),
    'SIP/DeleteSIPTrunk': asAdmin((body) => {
      const { sipTrunkId } = readRequest(DeleteSIPTrunkRequest, body)
      sip.outbound.delete(sipTrunkId)
      sip.inbound.delete(sipTrunkId)
      return new SIPTrunkInfo({ sipTrunkId })
    }),
    'SIP/CreateSIPDispatchRule': asAdmin((body) => {
      const request = readRequest(CreateSIPDispatchRuleRequest, body)
      const { dispatchRule: whole, rule, trunkIds, name, metadata, roomConfig } = request
      const older = { ...(rule && { rule }), ...(roomConfig && { roomConfig }) }
      return sip.addRule(whole ?? new SIPDispatchRuleInfo({ ...older, trunkIds, name, metadata }))
    }),
    'SIP/UpdateSIPDispatchRule': asAdmin((body) => {
      const { sipDispatchRuleId, action } = readRequest(UpdateSIPDispatchRuleRequest, body)
      if (action.case !== 'replace') throw onlyReplace()
      const value = new SIPDispatchRuleInfo({ ...action.value, sipDispatchRuleId })
      return sip.replace(sip.rules, { id: sipDispatchRuleId, value })
    }),
    'SIP/ListSIPDispatchRule': asAdmin(
      () => new ListSIPDispatchRuleResponse({ items: [...sip.rules.values()] }),
    ),
    'SIP/DeleteSIPDispatchRule': asAdmin((body) =>
      sip.take(sip.rules, readRequest(DeleteSIPDispatchRuleRequest, body).sipDispatchRuleId),
    ),
  }
}

function onlyReplace(): TwirpFault {
  return new TwirpFault('invalid_argument', 'the fake only replaces')
}
